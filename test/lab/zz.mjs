import { launchChromium } from './chromium.mjs'; import {readFileSync} from 'node:fs';
const url=/http:\/\/localhost\S+/.exec(readFileSync('/tmp/start.log','utf8'))[0];
const b=await launchChromium(); const p=await b.newPage({viewport:{width:1280,height:800}}); await p.goto(url,{timeout:60000});
await p.locator(".activitybar").getByRole("tab",{name:"Macvlan"}).click({timeout:60000});
await p.locator('.sidebar .monaco-list-row').filter({hasText:'lan0'}).first().waitFor({timeout:60000}); await p.waitForTimeout(1000);
await p.keyboard.press('Control+Shift+Backquote'); await p.waitForTimeout(4000); await p.keyboard.type('docker ps; ip -br a\n',{delay:20}); await p.waitForTimeout(3000);
await p.screenshot({path:'/tmp/start.png'}); await b.close(); 
const r=await fetch(new URL('/',url)); console.log('without token', r.status);
